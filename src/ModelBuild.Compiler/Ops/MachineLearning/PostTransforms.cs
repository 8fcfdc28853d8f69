using System;
using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The attribute post_transform of ai.onnx.ml as the number that kernels know it by.</summary>
internal static class PostTransforms
{
    private static readonly string[] Names = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"];

    public static int Of(Attributes attributes)
    {
        var name = attributes.Get("post_transform", "NONE");
        var number = Array.IndexOf(Names, name);
        return number >= 0 ? number : throw new OperatorException($"post_transform=\"{name}\" is not defined");
    }
}
