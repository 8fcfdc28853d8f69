using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>The labels of classes, which are integers or texts.</summary>
internal static class ClassLabels
{
    /// <summary>The labels of a classifier as a constant, in the order of the classes.</summary>
    public static Value Of(FunctionContext f, string integers, string strings)
    {
        if (f.Attributes.Ints(integers) is { Length: > 0 } numbers)
        {
            return f.Constant(numbers);
        }

        return f.Attributes.Get<string[]>(strings, []) is { Length: > 0 } texts ? f.Constant(Tensor.Of(texts, texts.Length)) : throw new OperatorException("there are no class labels");
    }
}
