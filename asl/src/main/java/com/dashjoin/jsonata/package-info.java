/** A door into the library behind JSONata, for what it lets nobody change. */
package com.dashjoin.jsonata;
