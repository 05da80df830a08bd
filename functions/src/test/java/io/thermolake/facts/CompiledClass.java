package io.thermolake.facts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What one compiled class says of itself: its parents, and for each of its methods what it calls, makes and writes as text. */
final class CompiledClass extends ClassVisitor {
    /** A method of a class, as the JVM names it. */
    record Method(String owner, String name, String descriptor) {}

    /** What a method's code holds. */
    record Code(boolean isPublic, List<Method> calls, Set<String> made, Set<String> texts, Set<String> constants) {}

    private final Map<String, Code> methods = new HashMap<>();
    private final List<String> parents = new ArrayList<>();
    private String name = "";

    private CompiledClass() {
        super(Opcodes.ASM9);
    }

    static CompiledClass read(byte[] bytes) {
        CompiledClass read = new CompiledClass();
        new ClassReader(bytes).accept(read, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return read;
    }

    String name() {
        return name;
    }

    /** The class above it and its interfaces. */
    List<String> parents() {
        return parents;
    }

    /** By name and descriptor, without anything between. */
    Map<String, Code> methods() {
        return methods;
    }

    @Override
    public void visit(int version, int access, String own, String signature, String above, String[] interfaces) {
        name = own;
        if (above != null) {
            parents.add(above);
        }
        parents.addAll(List.of(interfaces));
    }

    @Override
    public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] thrown) {
        Code code = new Code(
                (access & Opcodes.ACC_PUBLIC) != 0,
                new ArrayList<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
        methods.put(method + descriptor, code);
        return new Reader(code);
    }

    private static final class Reader extends MethodVisitor {
        private final Code code;

        Reader(Code code) {
            super(Opcodes.ASM9);
            this.code = code;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            code.calls().add(new Method(owner, method, descriptor));
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW) {
                code.made().add(type);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof String text) {
                code.texts().add(text);
            }
        }

        /** A constant of an enum is a word that the class knows. */
        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            if (opcode == Opcodes.GETSTATIC && descriptor.equals("L" + owner + ";")) {
                code.constants().add(field);
            }
        }

        /** Lambdas, method references, and texts that are put together. */
        @Override
        public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof String text) {
                    code.texts().add(text);
                } else if (argument instanceof Handle handle) {
                    code.calls().add(new Method(handle.getOwner(), handle.getName(), handle.getDesc()));
                    if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
                        code.made().add(handle.getOwner());
                    }
                }
            }
        }
    }
}
