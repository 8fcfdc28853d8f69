using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>
/// An input or output as the session declares it. Dimensions that are not known are -1, with their name, if they have one, in
/// <paramref name="Symbols"/>. A type of Undefined is a sequence, a map or an optional.
/// </summary>
public sealed record OrtValueInfo(string Name, TensorType Type, IReadOnlyList<long> Dimensions, IReadOnlyList<string> Symbols)
{
    public bool IsTensor => Type != TensorType.Undefined;

    public bool HasFixedShape => IsTensor && Dimensions.All(d => d >= 0);
}
