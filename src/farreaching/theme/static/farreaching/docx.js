// Writes a Word document: a title, and under headings paragraphs of plain text (ECMA-376, WordprocessingML).
// The parts stand uncompressed in the zip file (PKWARE APPNOTE 6.3, method 0), which every reader takes.
"use strict";

const writeDocx = (() => {
  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  // all that XML 1.0 (2.2) does not call a character
  const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

  const FIXED = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">
<Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "word/styles.xml": `${HEAD}<w:styles xmlns:w="${W}">
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:qFormat/>
<w:rPr><w:b/><w:sz w:val="40"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
<w:pPr><w:keepNext/><w:spacing w:before="360"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/><w:qFormat/>
<w:rPr><w:i/><w:sz w:val="20"/></w:rPr></w:style></w:styles>`,
  };

  const documentPart = (title, sections) => {
    const xml = document.implementation.createDocument(W, "w:document");
    const add = (parent, name, text) => {
      const node = parent.appendChild(xml.createElementNS(W, `w:${name}`));
      if (text !== undefined) node.textContent = text.replace(NO_CHARACTER, "");
      return node;
    };
    const body = add(xml.documentElement, "body");
    const paragraph = (style, text) => {
      const node = add(body, "p");
      add(add(node, "pPr"), "pStyle").setAttributeNS(W, "w:val", style);
      const run = add(node, "r");
      text.split("\n").forEach((line, place) => {
        if (place) add(run, "br");
        add(run, "t", line).setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve");
      });
    };
    paragraph("Title", title);
    for (const { heading, about, text } of sections) {
      paragraph("Heading1", heading);
      paragraph("Subtitle", about);
      for (const part of text.split(/\n{2,}/)) paragraph("Normal", part);
    }
    return HEAD + new XMLSerializer().serializeToString(xml);
  };

  const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
  });
  const checksum = (bytes) => (bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

  const record = (...fields) => {
    const bytes = [];
    for (const [size, value] of fields) for (let place = 0; place < size; place += 1) bytes.push((value >>> (8 * place)) & 0xff);
    return Uint8Array.from(bytes);
  };

  const zip = (parts) => {
    const encoder = new TextEncoder();
    const files = [];
    const directory = [];
    let offset = 0;
    for (const [name, text] of Object.entries(parts)) {
      const [path, data] = [encoder.encode(name), encoder.encode(text)];
      // version 2.0, UTF-8 names, stored, 1 January 1980
      const facts = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 0x21], [4, checksum(data)], [4, data.length], [4, data.length], [2, path.length], [2, 0]];
      const local = record([4, 0x04034b50], ...facts);
      files.push(local, path, data);
      directory.push(record([4, 0x02014b50], [2, 20], ...facts, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), path);
      offset += local.length + path.length + data.length;
    }
    const size = directory.reduce((sum, piece) => sum + piece.length, 0);
    const count = Object.keys(parts).length;
    const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]);
    return new Blob([...files, ...directory, end], { type: `${TYPE}.document` });
  };

  return (title, sections) => zip({ ...FIXED, "word/document.xml": documentPart(title, sections) });
})();
