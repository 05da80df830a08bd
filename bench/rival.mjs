// usage: node rival.mjs PACKAGE_FOLDER DEFINITION.json N: prints how many executions a second aws-local-stepfunctions makes.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

// The package asks for Node 22, of which this is all that it uses here.
Promise.withResolvers ??= function () {
  let resolve, reject;
  const promise = new Promise((a, b) => { resolve = a; reject = b; });
  return { promise, resolve, reject };
};
const [folder, definition, count] = process.argv.slice(2);
const { StateMachine } = createRequire(folder + '/package.json')('aws-local-stepfunctions');
const machine = new StateMachine(JSON.parse(readFileSync(definition)));
const options = {
  overrides: {
    taskResourceLocalHandlers: { Measure: async () => ({ celsius: 21.5 }) },
    waitTimeOverrides: { Settle: 0 },
  },
};
const begun = process.hrtime.bigint();
for (let i = 0; i < count; i++) {
  await machine.run({ room: 'lab', limit: 19 }, options).result;
}
console.log(count / (Number(process.hrtime.bigint() - begun) / 1e9));
