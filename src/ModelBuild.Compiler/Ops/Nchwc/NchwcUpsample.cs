using System.Linq;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>Images enlarged by whole numbers.</summary>
internal sealed class NchwcUpsample : NchwcOp
{
    public override void Expand(FunctionContext f)
    {
        var scales = f.Attributes.Require<long[]>("scales").Select(scale => (float)scale).ToArray();
        var mode = Attributes.Of(
            ("mode", f.Attributes.Get("mode", "nearest")), ("coordinate_transformation_mode", f.Attributes.Get("coordinate_transformation_mode", "asymmetric")), ("nearest_mode", "floor"));
        f.Output(0, f.Add("Resize", mode, f.Require(0), null, f.Constant(Tensor.Of<float>(scales, scales.Length))));
    }
}
