// The five measures in publicodes: `node support_publicodes.mjs FOLDER`, one line of JSON as the other competitors.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const loaded = createRequire(import.meta.url)('publicodes')
const Engine = loaded.default ?? loaded
const read = (name) => JSON.parse(readFileSync(join(process.argv[2], name), 'utf-8'))
const rules = read('rules.json')
const situations = read('situations.json')
const measures = Object.keys(rules).filter((name) => name.startsWith('m'))

const engine = new Engine(rules)
const values = measures.map(() => [])
const begin = performance.now()
for (const situation of situations) {
  engine.setSituation(situation)
  measures.forEach((measure, at) => values[at].push(engine.evaluate(measure).nodeValue))
}
const seconds = (performance.now() - begin) / 1000
console.log(JSON.stringify({ seconds, peak_mb: process.resourceUsage().maxRSS / 1024, values }))
