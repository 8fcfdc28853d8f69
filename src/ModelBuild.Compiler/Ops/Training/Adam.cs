using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>A step of Adam. https://onnx.ai/onnx/operators/onnx_aionnxpreviewtraining_Adam.html</summary>
internal sealed class Adam : OptimizerOp
{
    protected override int States => 2;

    protected override void Emit(LowerContext context, Value[] inputs, Value[] outputs)
    {
        var a = context.Attributes;
        context.Call(
            typeof(Optimizer), nameof(Optimizer.Adam),
            [.. inputs, .. outputs, a.Get("alpha", 0.9f), a.Get("beta", 0.999f), a.Get("epsilon", 1e-6f), a.Get("norm_coefficient", 0f), a.Get("norm_coefficient_post", 0f)]);
    }
}
