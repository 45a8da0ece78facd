/** Of Focus and its Marketplace: a dark bar, white sheets on a pale ground, wide enough for thirteen scopes. */
export const style = `
:root { color-scheme: light; --ink: #2a2346; --quiet: #5d5775; --ground: #f4f3f8; --line: #d9d4ea; --teal: #00707f; --violet: #4d3a8c; --red: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; grid-template: auto 1fr auto / minmax(0, 1fr); background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; padding: .75rem clamp(1rem, 3vw, 2rem); background: var(--violet); color: #fff; }
header p { margin: 0; }
header a { color: #fff; }
.brand { display: flex; align-items: center; gap: .5rem; font-weight: 700; }
.brand span { display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: 50%; background: #fff; color: var(--violet); }
header nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
header nav a { padding: .25rem 0; text-decoration: none; border-bottom: 2px solid transparent; }
header nav a:hover, header nav a[aria-current] { border-color: #fff; }
.who { margin-left: auto; font-size: .875rem; }
main { width: min(68rem, 100%); margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { margin: 0 0 1.5rem; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 0 0 .5rem; font-size: 1.125rem; }
section, .tiles li { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 1.5rem; margin: 0 0 1rem; }
.tiles { list-style: none; margin: 0 0 1.5rem; padding: 0; }
.tiles li { padding: 1rem 1.5rem; margin: 0 0 .5rem; }
.tiles a, .tiles strong { display: block; font-weight: 700; }
small { display: inline-block; margin-right: .5rem; color: var(--quiet); }
.button { display: inline-block; font: inherit; font-weight: 700; letter-spacing: .03em; padding: .7rem 1.25rem; border: 1px solid var(--teal);
  border-radius: 6px; background: var(--teal); color: #fff; text-decoration: none; cursor: pointer; }
.button:hover { background: #005a66; }
.plain { background: #fff; color: var(--teal); }
.plain:hover { background: #e6f2f4; }
.button:disabled { border-color: var(--line); background: var(--ground); color: var(--quiet); cursor: not-allowed; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; }
.all { border: 0; margin: 0; padding: 0; min-width: 0; }
.field { margin: 1rem 0; }
section > :first-child { margin-top: 0; }
section > :last-child, section > :last-child > :last-child { margin-bottom: 0; }
.field > label, .label, legend { display: block; font-weight: 600; padding: 0; }
input:not([type=checkbox]), textarea { font: inherit; width: 100%; padding: .55rem .75rem; border: 1px solid #857fa3; border-radius: 6px; color: inherit; background: #fff; }
textarea { resize: vertical; }
input:disabled, textarea:disabled { background: var(--ground) !important; }
textarea, input.key:read-only { font-family: ui-monospace, monospace; font-size: .9375rem; }
input.key:read-only { max-width: 26rem; background: var(--ground); }
[aria-invalid] { border-color: var(--red) !important; }
.choice { border: 0; margin: 1.25rem 0; padding: 0; min-width: 0; }
.boxes { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .4rem 1rem; }
@media (min-width: 56rem) { #scopes .boxes { grid-template: repeat(4, auto) / repeat(4, 1fr); grid-auto-flow: column; } }
.boxes label, .box { display: flex !important; align-items: center; gap: .5rem; min-height: 1.75rem; font-weight: 400; }
input[type=checkbox] { width: 1.125rem; height: 1.125rem; flex: none; accent-color: var(--teal); }
.hint { margin: .25rem 0 .5rem; color: var(--quiet); font-size: .875rem; }
.fault { margin: .25rem 0; color: var(--red); font-weight: 600; }
.faults, .review { margin: 0 0 1rem; padding: 1rem 1.5rem; border-left: 4px solid var(--red); background: #fdf0ef; }
.review { border-color: #8a5a00; background: #fdf5e3; }
.faults p, .review p { margin: 0 0 .5rem; }
.faults ul { margin: 0; padding-left: 1.25rem; }
.faults a { color: var(--red); }
details .key { margin-top: .25rem; }
details:not([open])::before { content: "•••••"; letter-spacing: .2em; margin-right: .75rem; }
summary { display: inline-block; padding: .25rem 0; color: var(--teal); font-weight: 700; text-decoration: underline; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.toast { position: fixed; right: 1.5rem; bottom: 1.5rem; margin: 0; padding: .9rem 1.25rem; border-radius: 8px; background: #14532d; color: #fff;
  font-weight: 600; box-shadow: 0 8px 30px rgb(42 35 70 / 25%); }
table { width: 100%; border-collapse: collapse; }
th, td { overflow-wrap: normal; padding: .4rem 1rem .4rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
th { font-weight: 600; font-size: .9375rem; }
thead th { border: 0; color: var(--quiet); font-size: .875rem; }
.wide { overflow-x: auto; }
.envelope { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 0 0 1.25rem; padding: 0 0 1.25rem; border-bottom: 1px solid var(--line); }
.envelope dt { color: var(--quiet); }
.envelope dd { margin: 0; }
.letter { white-space: pre-wrap; max-width: 44rem; }
td code { font-size: .8125rem; white-space: nowrap; }
:focus-visible { outline: 3px solid var(--violet); outline-offset: 2px; }
header :focus-visible { outline-color: #fff; }
a { color: var(--violet); }
footer { padding: 1rem; color: var(--quiet); font-size: .8125rem; text-align: center; }
`
