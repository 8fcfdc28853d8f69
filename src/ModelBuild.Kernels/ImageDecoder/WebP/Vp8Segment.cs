namespace ModelBuild.Kernels;

/// <summary>What holds for the macroblocks of a segment.</summary>
/// <param name="Y1Dc">The factor of first coefficients of brightness.</param>
/// <param name="Y1Ac">That of others.</param>
/// <param name="Y2Dc">The same for blocks of first coefficients.</param>
/// <param name="Y2Ac">That of others.</param>
/// <param name="UvDc">The same for colour.</param>
/// <param name="UvAc">That of others.</param>
/// <param name="Level">The strength of the loop filter.</param>
internal readonly record struct Vp8Segment(int Y1Dc, int Y1Ac, int Y2Dc, int Y2Ac, int UvDc, int UvAc, int Level);
