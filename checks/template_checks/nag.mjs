// Runs cdk-nag's packs over plain CloudFormation: usage: node nag.mjs NODE_MODULES TEMPLATE.json ...
import {createRequire} from 'node:module';
import {basename} from 'node:path';

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(modules + '/');
const {App, Stack} = require('aws-cdk-lib');
const {CfnInclude} = require('aws-cdk-lib/cloudformation-include');
const {AwsSolutionsChecks, ServerlessChecks} = require('cdk-nag');

const findings = [];
for (const file of files) {
  const name = basename(file, '.json');
  const app = new App({analyticsReporting: false});
  const stack = new Stack(app, name, {env: {account: '000000000000', region: 'eu-central-1'}});
  const include = new CfnInclude(stack, 'T', {templateFile: file, preserveLogicalIds: true, allowCyclicalReferences: true});
  for (const Pack of [AwsSolutionsChecks, ServerlessChecks]) {
    for (const one of new Pack().validateScope(include).violations) {
      for (const where of one.violatingResources) {
        findings.push({template: name, rule: one.ruleName, severity: one.severity, what: one.description,
          resource: where.constructPath.split('/').slice(2).join('/')});
      }
    }
  }
}
process.stdout.write(JSON.stringify(findings));
