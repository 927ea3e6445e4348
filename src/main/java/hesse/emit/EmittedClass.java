package hesse.emit;

import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import hesse.kernel.machine.EmittedCode;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/** A class of one method, {@code run}, beside the kernels. */
final class EmittedClass {
    private EmittedClass() {}

    /** A type beside which code is emitted, by its name. */
    static ClassDesc machine(String name) {
        return ClassDesc.of("hesse.kernel.machine", name);
    }

    /**
     * An object of such a class.
     *
     * @param type the class of the kernels that it extends
     * @param run the method's code
     */
    static Object define(String type, MethodTypeDesc signature, Consumer<CodeBuilder> run) {
        return EmittedCode.define(ClassFile.of().build(machine("Emitted" + type), c -> c
                .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC)
                .withSuperclass(machine(type))
                .withMethodBody(INIT_NAME, MTD_void, 0,
                code -> code.aload(0).invokespecial(machine(type), INIT_NAME, MTD_void).return_())
                .withMethodBody("run", signature, ClassFile.ACC_PUBLIC, run)));
    }
}
