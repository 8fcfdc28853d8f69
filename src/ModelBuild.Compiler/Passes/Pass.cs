using ModelBuild.Compiler.IR;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// A change of a graph that keeps its meaning; where it changes numbers, its documentation says by how much. A pass is found by its name in the pipeline of
/// <see cref="ModelCompiler"/> and in the output of <c>dump</c>.
/// </summary>
internal abstract class Pass
{
    /// <summary>An imperative, for example <c>FuseAffine</c>.</summary>
    public string Name => GetType().Name;

    /// <summary>The changed graph, or the same one where there is nothing to do.</summary>
    public abstract Graph Run(Graph graph);
}
