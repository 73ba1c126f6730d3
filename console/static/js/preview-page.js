import { translate } from "./i18n.js";
import { showPreview } from "./views/preview.js";

translate();
showPreview();
