// asl-validator over files: usage: node validators.mjs NODE_MODULES FILE ...
import {createRequire} from 'node:module';
import {readFileSync} from 'node:fs';

const [modules, ...files] = process.argv.slice(2);
const validate = createRequire(modules + '/')('asl-validator');
const out = files.map(file => {
  try {
    const answer = validate(JSON.parse(readFileSync(file, 'utf8')));
    return answer.isValid ? [] : answer.errors.map(e => `${e['Error code'] ?? e.keyword ?? ''} ${e.Message ?? e.message ?? ''} ${e.instancePath ?? ''}`.trim());
  } catch (e) {
    return [String(e)];
  }
});
process.stdout.write(JSON.stringify(out));
