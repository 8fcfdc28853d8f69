using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Ops;

/// <summary>What operators on maps are written with; see <see cref="MapParts"/> for how a map is held.</summary>
internal static class Maps
{
    /// <summary>The map that input <paramref name="index"/> is.</summary>
    /// <exception cref="OperatorException">It is none.</exception>
    public static MapParts Map(this FunctionContext f, int index) =>
        f.Require(index).Parts as MapParts ?? throw new OperatorException($"input {index} is {f.Type(index).Kind} and no Map (what ZipMap makes is a sequence of maps)");
}
