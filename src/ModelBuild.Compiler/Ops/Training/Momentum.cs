using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>A step of gradient descent with momentum. https://onnx.ai/onnx/operators/onnx_aionnxpreviewtraining_Momentum.html</summary>
internal sealed class Momentum : OptimizerOp
{
    protected override int States => 1;

    protected override void Emit(LowerContext context, Value[] inputs, Value[] outputs)
    {
        var a = context.Attributes;
        context.Call(
            typeof(Optimizer), nameof(Optimizer.Momentum),
            [.. inputs, .. outputs, a.Require<float>("alpha"), a.Require<float>("beta"), a.Require<float>("norm_coefficient"), a.Get("mode", "standard") == "nesterov"]);
    }
}
