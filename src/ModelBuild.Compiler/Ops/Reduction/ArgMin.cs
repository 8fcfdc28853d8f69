using System;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The index along an axis of the smallest value. https://onnx.ai/onnx/operators/onnx__ArgMin.html
/// Versions: 1, 11 (negative axes), 12 (select_last_index), 13 (bfloat16).
/// </summary>
internal sealed class ArgMin : ArgOp
{
    protected override Type Kernel => typeof(Kernels.ArgMin);
}
