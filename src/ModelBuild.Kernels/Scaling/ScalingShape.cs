namespace ModelBuild.Kernels;

/// <summary>The sizes of <see cref="Scaling"/>.</summary>
/// <param name="Outer">Elements before the axis.</param>
/// <param name="Length">Elements along the axis.</param>
/// <param name="Inner">Elements behind the axis.</param>
/// <param name="Block">Elements along the axis that share a scale.</param>
/// <param name="OuterStep">From the parameters of one outer index to the next.</param>
/// <param name="Step">From those of one block to the next.</param>
/// <param name="InnerStep">From those of one inner index to the next.</param>
internal readonly record struct ScalingShape(int Outer, int Length, int Inner, int Block, int OuterStep, int Step, int InnerStep)
{
    public int Place(int outer, int index, int inner) => (outer * OuterStep) + (index / Block * Step) + (inner * InnerStep);
}
