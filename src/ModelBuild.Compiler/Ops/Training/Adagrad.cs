using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Ops;

/// <summary>A step of Adagrad. https://onnx.ai/onnx/operators/onnx_aionnxpreviewtraining_Adagrad.html</summary>
internal sealed class Adagrad : OptimizerOp
{
    protected override int States => 1;

    protected override void Emit(LowerContext context, Value[] inputs, Value[] outputs)
    {
        var a = context.Attributes;
        context.Call(typeof(Optimizer), nameof(Optimizer.Adagrad), [.. inputs, .. outputs, a.Get("decay_factor", 0f), a.Get("epsilon", 1e-6f), a.Get("norm_coefficient", 0f)]);
    }
}
