namespace ModelBuild.Kernels;

/// <summary>A band of a resolution: the lowest frequencies, or those that are high along one axis or both.</summary>
/// <param name="Area">Where its coefficients are on their own grid.</param>
/// <param name="OffsetX">1 where it has high frequencies across.</param>
/// <param name="OffsetY">1 where it has high frequencies down.</param>
/// <param name="Planes">The most bits of a coefficient.</param>
/// <param name="StepSize">What one unit of a coefficient stands for, if the wavelet is not reversible.</param>
internal sealed record J2kBand(J2kArea Area, int OffsetX, int OffsetY, int Planes, float StepSize);
