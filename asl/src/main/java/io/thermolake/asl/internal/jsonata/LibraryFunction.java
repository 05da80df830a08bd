package io.thermolake.asl.internal.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function of JSONata written here. The library makes those of lambdas without a name and a number of arguments, and then
 * neither a partial application nor {@code $map} knows what to do with them.
 */
final class LibraryFunction extends Jsonata.JFunction {
    private final int count;
    private final Function<@Nullable Object[], @Nullable Object> work;

    /**
     * @param signature as the library has it, {@code <s-ns?:s>}
     * @param count of the arguments, optional ones included
     * @param work gets as many; those that are not given are null, which is undefined
     */
    LibraryFunction(String name, String signature, int count, Function<@Nullable Object[], @Nullable Object> work) {
        // The method is never called: it must be there.
        super(name, signature, Functions.class, null, "string");
        this.count = count;
        this.work = work;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object call(@Nullable Object input, @Nullable List given) {
        @Nullable Object[] all = new Object[count];
        for (int i = 0; given != null && i < count && i < given.size(); i++) {
            all[i] = given.get(i);
        }
        Object result = work.apply(all);
        return result instanceof Number number ? LibraryForm.number(number) : result;
    }

    @Override
    public int getNumberOfArgs() {
        return count;
    }
}
