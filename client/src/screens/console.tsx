import "../styles/all.css";
import "../styles/console.css";
import "../styles/conclusions.css";
import "../styles/exporting.css";
import { Console } from "../console/console.tsx";
import { start } from "../lib/start.tsx";

void start((app) => <Console app={app} />);
