using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Ops;

/// <summary>Lowers matrix products whose right operand is not constant.</summary>
internal static class MatrixProduct
{
    public static void LowerGemm(LowerContext context) => throw NotConstant(context);

    public static void LowerMatMul(LowerContext context) => throw NotConstant(context);

    private static OperatorException NotConstant(LowerContext context) =>
        OperatorException.Unsupported($"the right operand, \"{context.Input(1).Name}\", is not constant", "Matrix products are compiled with constant weights on the right only.");
}
