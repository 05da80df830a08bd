/** Hand-written doubles of the services: what a test does not give them fails as the SDK's interfaces do by default. */
package io.thermolake.fake;
