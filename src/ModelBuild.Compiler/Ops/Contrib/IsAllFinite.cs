using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Whether no element of any input is infinite or NaN; with isinf_only or isnan_only one of these matters. https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.IsAllFinite</summary>
internal sealed class IsAllFinite : ContribOp
{
    public override void Expand(FunctionContext f)
    {
        var (seesInfinity, seesNaN) = (!f.Attributes.Flag("isnan_only"), !f.Attributes.Flag("isinf_only"));
        if (!seesInfinity && !seesNaN)
        {
            throw new OperatorException("isinf_only and isnan_only exclude each other");
        }

        Value? wrong = null;
        void Look(string op, Value x)
        {
            var found = f.Add("ReduceMax", Attributes.Of(("keepdims", 0)), f.As(f.Add(op, x), ElementType.Int32));
            wrong = wrong is null ? found : f.Add("Max", wrong, found);
        }

        for (var i = 0; i < f.InputCount; i++)
        {
            if (seesInfinity)
            {
                Look("IsInf", f.Require(i));
            }

            if (seesNaN)
            {
                Look("IsNaN", f.Require(i));
            }
        }

        f.Output(0, f.Add("Equal", wrong!, f.Scalar(0, ElementType.Int32)));
    }
}
