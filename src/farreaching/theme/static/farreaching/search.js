// From a file a page may not fetch another one: show results without excerpts rather than fail for each.
"use strict";

if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// the theme's search has no categories, of which the message that nothing was found speaks
Documentation.TRANSLATIONS[
  "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories."
] = "No page has all of these words. Try fewer words, or another spelling.";
