import "../styles/all.css";
import "../styles/log.css";
import "../styles/exporting.css";
import "../styles/conclusions.css";
import { start } from "../lib/start.tsx";
import { Log } from "../log/log.tsx";

void start((app) => <Log app={app} />);
