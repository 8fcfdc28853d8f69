namespace ModelBuild.Onnx;

/// <summary>Names of operator domains.</summary>
public static class OnnxDomain
{
    /// <summary>The standard operators. Files write it as an empty string or as <c>ai.onnx</c>; here it is always empty.</summary>
    public const string Standard = "";

    /// <summary>The classical machine learning operators: trees, scalers, encoders.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    /// <summary>Standard operators that are still a preview.</summary>
    public const string Preview = "ai.onnx.preview";

    /// <summary>Optimizers and gradients.</summary>
    public const string Training = "ai.onnx.preview.training";

    /// <summary>The operators that ONNX Runtime adds.</summary>
    public const string Microsoft = "com.microsoft";

    /// <summary>The one spelling of a domain.</summary>
    public static string Normalize(string domain) => domain == "ai.onnx" ? Standard : domain;

    /// <summary>The spelling for people, to whom an empty string says nothing.</summary>
    public static string Display(string domain) => domain.Length == 0 ? "ai.onnx" : domain;
}
