using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Onnx.Tests;

/// <summary>At least one failing model for every code of the reader, grouped as the codes are.</summary>
internal static partial class FailingModels
{
    public static IReadOnlyList<FailingModel> All { get; } =
        [.. Files(), .. Headers(), .. Names(), .. Attributes(), .. Tensors(), .. ExternalData()];

    public static FailingModel Find(string name) => All.Single(model => model.Name == name);
}
