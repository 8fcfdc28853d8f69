using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = a equals b; NaN equals nothing. https://onnx.ai/onnx/operators/onnx__Equal.html
/// Versions: 1 (broadcasting by attribute), 7 (numpy broadcasting), 11 (floats), 13 (bfloat16), 19 (strings).
/// </summary>
internal sealed class Equal : BinaryOp
{
    public override IReadOnlyList<int> Versions => [1, 7, 11, 13, 19];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) =>
        element switch
        {
            ElementType.Bool => new BinaryOperations(null, typeof(EqualLogic)),
            ElementType.String => new BinaryOperations(null, typeof(EqualText)),
            _ => element.IsNumber() ? new BinaryOperations(null, typeof(Equal<>)) : default,
        };

    protected override ElementType ResultOf(ElementType element) => ElementType.Bool;

    // A size equals itself, and is not negative: how exporters find the -1 in a shape.
    protected override Dim? Combine(Dim a, Dim b) => a.Equals(b) ? Dim.One : DimSign.IsPositive(a - b) || DimSign.IsPositive(b - a) ? Dim.Zero : null;
}
