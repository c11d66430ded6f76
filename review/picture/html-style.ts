/** The style sheet of the page around the picture, in light and dark. */
export const pageStyle = [
  ":root{color-scheme:light dark;--page:#ffffff;--text:#1f2937;--faint:#4b5563;--line:#d1d5db;--band:#f9fafb;--red:#b91c1c;--amber:#92400e}",
  "@media (prefers-color-scheme:dark){:root{--page:#111827;--text:#e5e7eb;--faint:#a8b1bf;--line:#374151;--band:#1b2433;--red:#fca5a5;--amber:#fcd34d}}",
  "body{margin:0;padding:28px;background:var(--page);color:var(--text);font:14px/1.45 Helvetica,Arial,'Liberation Sans',sans-serif}",
  "h1{font-size:22px;margin:0 0 6px}h2{font-size:16px;margin:36px 0 10px}p{margin:0 0 6px}",
  ".public{color:var(--red);font-weight:bold}.faint{color:var(--faint)}.warn{color:var(--amber)}",
  "#find{margin:18px 0 0}#find[hidden]{display:none}",
  "input{font:inherit;padding:6px 10px;width:22em;max-width:100%;box-sizing:border-box;color:inherit;background:var(--page);border:1px solid var(--faint);border-radius:6px}",
  "figure{margin:18px -28px 0;overflow-x:auto}figure>svg{display:block}figcaption{display:none;margin-left:28px}",
  // what is wider than the screen has its scroll bars in sight, and says that there is more
  "@media (max-width:1100px){figure{max-height:85vh;overflow:auto}figcaption{display:block;position:sticky;left:28px;width:max-content}}",
  ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;max-width:1200px}",
  "th,td{text-align:left;vertical-align:top;padding:7px 12px 7px 0;border-bottom:1px solid var(--line)}th{font-size:13px;color:var(--faint);white-space:nowrap;min-width:9em}",
  "td ul{margin:0;padding:0;list-style:none}td li{overflow-wrap:anywhere}td .names li{display:inline-block;margin-right:.9em}",
  "code{font:13px ui-monospace,Menlo,Consolas,'Liberation Mono',monospace}td>code{white-space:nowrap}summary{cursor:pointer}tr[hidden]{display:none}",
  "svg.dimmed :is([data-box],[data-holds],.ways):not(.kept),svg.dimmed .ways.kept>[data-from]:not(.kept){opacity:.18}",
  "@media print{#find{display:none}}",
].join("\n");
