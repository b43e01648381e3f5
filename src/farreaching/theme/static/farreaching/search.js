// From a file a page may not fetch another one: show results without excerpts rather than fail for each.
"use strict";

if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
