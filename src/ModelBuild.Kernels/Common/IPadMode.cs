namespace ModelBuild.Kernels;

/// <summary>Where the elements of a padding come from.</summary>
internal interface IPadMode
{
    /// <summary>The input index, 0 to length - 1, that an index before or after the input stands for. length is at least 1.</summary>
    int Map(int index, int length);
}
