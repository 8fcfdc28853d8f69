using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The remainder of a / b: with the sign of b, or with fmod=1 of a. https://onnx.ai/onnx/operators/onnx__Mod.html
/// Versions: 10, 13 (bfloat16). Rejected: floats without fmod=1, as ONNX defines.
/// </summary>
internal sealed class Mod : BinaryOp
{
    public override IReadOnlyList<int> Versions => [10, 13];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes)
    {
        if (attributes.Flag("fmod"))
        {
            return element.IsNumber() ? new BinaryOperations(null, typeof(FMod<>)) : default;
        }

        return element.IsInteger()
            ? new BinaryOperations(null, typeof(Mod<>))
            : throw OperatorException.Unsupported($"Mod of {element.ShortName()} without fmod=1 is not supported");
    }

    protected override Dim? Combine(Dim a, Dim b) =>
        a.IsNeverNegative && DimSign.IsPositive(b) ? a - (b * Dim.FloorDiv(a, b)) : null;
}
