namespace ModelBuild.Kernels;

/// <summary>Lines and columns that surround an image; none is negative.</summary>
/// <param name="Top">Lines above.</param>
/// <param name="Left">Columns to the left.</param>
/// <param name="Bottom">Lines below.</param>
/// <param name="Right">Columns to the right.</param>
internal readonly record struct ImagePadding(int Top, int Left, int Bottom, int Right);
