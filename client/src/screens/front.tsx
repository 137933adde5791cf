/** Pages that need no script: the front page, no way in, something is wrong. */

import "../styles/front.css";
