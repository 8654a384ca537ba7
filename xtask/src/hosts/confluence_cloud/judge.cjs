// What Forge's own packages say of an app, with no network and no account: node judge.cjs NODE_MODULES APP POLICY
// Prints it, ends with 1 if the app would be refused, and else writes the content security policy of its pages.

const { createRequire } = require('node:module');
const { existsSync, readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const [modules, app, policy] = process.argv.slice(2);
const forge = createRequire(join(modules, 'judge.cjs'));
// Asks Atlassian's servers for a schema.
const NEEDS_NETWORK = 'PermissionLinter';
/** What the linters would ask Atlassian: which runtimes are on their way out. */
const flags = { getDeprecatedRuntimes: async () => [] };

let refused = false;
function say(level, where, message) {
  refused ||= level === 'error';
  console.log(`${level}: ${where} ${message}`);
}

/** Whether Forge takes the manifest. Its `success` is false for mere warnings too. */
async function validate() {
  const { errors } = await forge('@forge/manifest').validate(false);
  for (const { level, line, column, message } of errors ?? []) say(level, `manifest.yml:${line}:${column}`, message);
}

/** What the linters find that run without a network. */
async function lint(manifest) {
  const { getClientSideLintersOnly, lint } = forge('@forge/lint');
  // A linter that fails says so here and nowhere else.
  const logger = { ...console, info: (message) => say('error', 'lint', message), debug() {}, trace() {} };
  const sources = existsSync('src') ? readdirSync('src').map((name) => join('src', name)) : [];
  const linters = await getClientSideLintersOnly(manifest, 'production', logger, flags);
  const able = linters.filter((linter) => linter.constructor.name !== NEEDS_NETWORK);
  for (const { file, errors, warnings } of await lint(sources, manifest, 'production', logger, flags, { linters: able })) {
    for (const { line, column, message } of errors) say('error', `${file}:${line}:${column}`, message);
    for (const { line, column, message } of warnings) say('warning', `${file}:${line}:${column}`, message);
  }
  console.log(`${able.length} of ${linters.length} linters ran`);
}

/** The policies of the pages, which must agree: one stands for all. */
function policyOf(manifest) {
  const { CSPInjectionService, CSPProcessingService } = forge('@forge/csp');
  const { permissions, remotes } = structuredClone(manifest);
  const processing = new CSPProcessingService({ info: (message) => say('error', 'policy', message) }, forge('cheerio').load);
  for (const wrong of processing.getInvalidCspPermissions(permissions.content)) say('error', 'policy', `refuses '${wrong}'`);
  // This package knows addresses only; elsewhere in Forge remotes are looked up before it is asked.
  const address = (client) => (client.remote ? remotes.find(({ key }) => key === client.remote).baseUrl : client.address ?? client);
  permissions.external.fetch.client = permissions.external.fetch.client.map(address);
  const policies = manifest.resources.map(({ path }) => {
    const existingCSPDetails = processing.getCspDetails(readFileSync(join(path, 'index.html'), 'utf8'), permissions);
    const said = { existingCSPDetails, microsEnv: 'prod', hostname: 'example.atlassian.net' };
    return new CSPInjectionService().getInjectableCSP(said).join('; ');
  });
  if (new Set(policies).size > 1) say('error', 'policy', 'a page has something inline that another has not');
  return policies[0];
}

(async () => {
  process.chdir(app);
  await validate();
  if (!refused) {
    const manifest = forge('yaml').parse(readFileSync('manifest.yml', 'utf8'));
    await lint(manifest);
    writeFileSync(policy, policyOf(manifest));
  }
  process.exit(refused ? 1 : 0);
})();
