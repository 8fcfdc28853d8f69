using System;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The index along an axis of the largest value. https://onnx.ai/onnx/operators/onnx__ArgMax.html
/// Versions: 1, 11 (negative axes), 12 (select_last_index), 13 (bfloat16).
/// </summary>
internal sealed class ArgMax : ArgOp
{
    protected override Type Kernel => typeof(Kernels.ArgMax);
}
