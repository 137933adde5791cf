import "../styles/all.css";
import "../styles/log.css";
import { start } from "../lib/start.tsx";
import { Log } from "../log/log.tsx";

void start((app) => <Log app={app} />);
