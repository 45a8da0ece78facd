/** Of the page; nothing else is loaded. */
export const style = `
:root { color-scheme: light dark; --line: #c9ced6; --soft: #f2f4f7; --link: #0b57d0 }
@media (prefers-color-scheme: dark) { :root { --line: #454b55; --soft: #22262c; --link: #a8c7fa } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText }
a { color: var(--link) }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line) }
h3 { margin-top: 2.5rem; overflow-wrap: anywhere }
code { font: .9em ui-monospace, monospace; background: var(--soft); padding: .1em .25em; border-radius: .2em; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
caption { text-align: start; font-weight: 600; padding: .75rem 0 .25rem }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line) }
tbody th { font-weight: 400; white-space: nowrap }
.wide { overflow-x: auto }
:target { outline: 2px solid var(--link); outline-offset: 4px }
`
