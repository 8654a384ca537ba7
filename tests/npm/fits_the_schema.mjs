// Holds custom-elements.json against the schema of its format: node fits_the_schema.mjs MODULES MANIFEST

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [modules, manifest] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const Ajv = require('ajv');
const schema = require('custom-elements-manifest/schema.json');

const fits = new Ajv({ strict: false, allErrors: true }).compile(schema);
if (!fits(JSON.parse(readFileSync(manifest, 'utf8')))) {
  for (const { instancePath, message } of fits.errors) console.error(`custom-elements.json${instancePath} ${message}`);
  process.exit(1);
}
