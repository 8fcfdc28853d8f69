namespace ModelBuild.Kernels;

/// <summary>
/// Byte shuffles that make words of four packed weights: within each 32-bit lane, bytes 0 and 1 (or 2 and 3) go to the upper halves of its two words. The lower halves
/// get zero, which an index with the top bit set stands for. Each shuffle is written as the two halves of 128 bits, lowest byte first.
/// </summary>
internal static class WordPairs
{
    public const ulong FirstLow = 0x05_80_04_80_01_80_00_80;
    public const ulong FirstHigh = 0x0D_80_0C_80_09_80_08_80;
    public const ulong SecondLow = 0x07_80_06_80_03_80_02_80;
    public const ulong SecondHigh = 0x0F_80_0E_80_0B_80_0A_80;
}
