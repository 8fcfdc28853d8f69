using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// A sequence without tensors. https://onnx.ai/onnx/operators/onnx__SequenceEmpty.html
/// Versions: 11.
/// </summary>
internal sealed class SequenceEmpty : FunctionOp
{
    public override IReadOnlyList<int> Versions => [11];

    public override void Expand(FunctionContext f)
    {
        var type = (ElementType)f.Attributes.Get("dtype", 1L);
        f.Output(0, type.IsSupported() ? f.Sequence(Name, [], type) : throw new OperatorException($"dtype={(long)type} is no element type"));
    }
}
