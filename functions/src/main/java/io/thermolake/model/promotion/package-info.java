/** Whether a trained model is put in use: by faults that are injected into days which it has not learned from, and by what it would have alarmed of. */
@NullMarked
package io.thermolake.model.promotion;

import org.jspecify.annotations.NullMarked;
