/** One sheet for all pretend pages: a white card on a violet ground, teal for what to press. */
export const style = `
:root { color-scheme: light; --ink: #2a2346; --quiet: #5d5775; --ground: #efedf7; --line: #d9d4ea; --teal: #00707f; --violet: #4d3a8c; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; grid-template-rows: 1fr auto; justify-items: center; background: var(--ground);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; border-top: 6px solid var(--violet); }
.card { align-self: center; width: min(28rem, calc(100vw - 2rem)); margin: 2rem 0; padding: 2.5rem 2rem; background: #fff;
  border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 8px 30px rgb(42 35 70 / 10%); overflow-wrap: anywhere; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; text-align: center; }
p[lang=en] { text-align: center; }
.pair { display: flex; align-items: center; justify-content: center; gap: .75rem; margin-bottom: 1.25rem; }
.pair span { display: grid; place-items: center; width: 3.5rem; height: 3.5rem; border-radius: 50%; background: var(--teal); color: #fff;
  font-size: 1.25rem; font-weight: 700; }
.pair .focus { background: var(--violet); }
.pair i { width: 2.5rem; border-top: 2px dashed var(--line); }
.card > ul { list-style: none; margin: .5rem 0 1.5rem; padding: 0; border: 1px solid var(--line); border-radius: 8px; }
.card > ul li { padding: .6rem 1rem; }
.card > ul li + li { border-top: 1px solid var(--line); }
form { display: grid; gap: .75rem; margin-bottom: 1.5rem; }
.fields { gap: .35rem; }
.fields button { margin-top: 1rem; }
label { font-weight: 600; }
input { font: inherit; padding: .6rem .75rem; margin-bottom: .5rem; border: 1px solid #857fa3; border-radius: 6px; }
button { font: inherit; font-weight: 700; letter-spacing: .03em; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 6px;
  background: #fff; color: var(--ink); cursor: pointer; }
button:hover { border-color: var(--violet); }
.primary { background: var(--teal); border-color: var(--teal); color: #fff; }
.primary:hover { background: #005a66; }
:focus-visible { outline: 3px solid var(--violet); outline-offset: 2px; }
[role=alert] { padding: .75rem 1rem; border-left: 4px solid #b3261e; background: #fdf0ef; }
.quiet, details { color: var(--quiet); font-size: .875rem; }
details ul { padding-left: 1.1rem; }
a { color: var(--violet); }
footer { padding: 1rem; color: var(--quiet); font-size: .8125rem; text-align: center; }
`
