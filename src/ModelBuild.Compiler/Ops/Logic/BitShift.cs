using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// x shifted by as many bits as the second operand says, to the left or to the right. https://onnx.ai/onnx/operators/onnx__BitShift.html
/// Versions: 11.
/// </summary>
internal sealed class BitShift : BinaryOp
{
    public override IReadOnlyList<int> Versions => [11];

    protected override BinaryOperations OperationsOn(ElementType element, Attributes attributes) => !element.IsInteger() ? default : attributes.Require<string>("direction") switch
    {
        "LEFT" => new BinaryOperations(null, typeof(ShiftLeft<>)),
        "RIGHT" => new BinaryOperations(null, typeof(ShiftRight<>)),
        var other => throw new OperatorException($"direction=\"{other}\" is neither LEFT nor RIGHT"),
    };
}
