namespace ModelBuild.Kernels;

/// <summary>
/// A vector of floats of some width: 1 lane (scalar), 4, 8 or 16. A kernel that is written against this interface exists once and runs at every width; since
/// each operation is defined per lane by IEEE 754, its results are the same bits at every width. The one exception is which NaN comes out where a NaN comes
/// out: sign and payload of a NaN are not defined.
/// </summary>
/// <remarks>
/// Comparisons are part of a selection and give no mask: AVX-512 has those in registers of their own, and to make a vector of one takes vpmovm2d, which on Intel's
/// processors waits for what was in its target before (Sapphire Rapids; it made a logarithm take four times as long).
/// </remarks>
internal interface ISimdF32<TSelf>
    where TSelf : struct, ISimdF32<TSelf>
{
    /// <summary>Lanes of the vector.</summary>
    static abstract int Count { get; }

    /// <summary>A vector of +0.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>A vector whose lanes all hold <paramref name="value"/>.</summary>
    static abstract TSelf Create(float value);

    /// <summary>Reads <see cref="Count"/> floats that start <paramref name="offset"/> floats after <paramref name="source"/>; no alignment is needed.</summary>
    static abstract TSelf LoadUnsafe(ref readonly float source, nuint offset);

    /// <summary>Writes the lanes to the floats that start <paramref name="offset"/> floats after <paramref name="destination"/>; no alignment is needed.</summary>
    void StoreUnsafe(ref float destination, nuint offset);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Flips the sign bit, of NaN and zero too.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary>Bitwise and.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary><c>left * right + addend</c>, rounded once.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>
    /// <c>sum = left * right + sum</c>, rounded once. What <see cref="FusedMultiplyAdd"/> would return is written in place: from the JIT that gets one instruction, where an
    /// assignment gets a move as well.
    /// </summary>
    static abstract void AddProduct(ref TSelf sum, TSelf left, TSelf right);

    /// <summary>As above, with a factor that all lanes share: from memory, AVX-512 takes it within the instruction.</summary>
    static abstract void AddProduct(ref TSelf sum, float left, TSelf right);

    /// <summary>IEEE 754-2019 <c>maximum</c>: NaN if either is NaN, and -0 is less than +0.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>IEEE 754-2019 <c>minimum</c>: NaN if either is NaN, and -0 is less than +0.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>
    /// <c>bound &gt; x ? bound : x</c>: one instruction on x64, where <see cref="Max"/> takes several. A NaN in <paramref name="x"/> stays, and so does a zero of
    /// the other sign than a zero bound; a NaN bound is ignored.
    /// </summary>
    static abstract TSelf AtLeast(TSelf x, TSelf bound);

    /// <summary><c>bound &lt; x ? bound : x</c>; see <see cref="AtLeast"/>.</summary>
    static abstract TSelf AtMost(TSelf x, TSelf bound);

    /// <summary>
    /// Stores <see cref="AtMost"/> of <see cref="AtLeast"/>: the bounds that almost every kernel ends with, in one call, because the JIT inlines only so many into one method.
    /// </summary>
    void StoreBounded(ref float destination, nuint offset, TSelf least, TSelf most);

    /// <summary>Clears the sign bit.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>The correctly rounded square root.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Rounds to an integer, downwards.</summary>
    static abstract TSelf Floor(TSelf value);

    /// <summary>Rounds to an integer, upwards.</summary>
    static abstract TSelf Ceiling(TSelf value);

    /// <summary>Rounds to an integer, towards zero.</summary>
    static abstract TSelf Truncate(TSelf value);

    /// <summary>Rounds to the nearest integer, halves to the even one.</summary>
    static abstract TSelf RoundToEven(TSelf value);

    /// <summary>The magnitude of the one with the sign bit of the other.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);

    /// <summary><c>left == right ? whenEqual : otherwise</c>: -0 and +0 are equal, and NaN is not.</summary>
    static abstract TSelf SelectEqual(TSelf left, TSelf right, TSelf whenEqual, TSelf otherwise);

    /// <summary><c>left &lt; right ? whenLess : otherwise</c>; NaN is not less.</summary>
    static abstract TSelf SelectLess(TSelf left, TSelf right, TSelf whenLess, TSelf otherwise);

    /// <summary>Takes the first value where the sign bit is set, as it is in -0, and the second elsewhere.</summary>
    static abstract TSelf SelectNegative(TSelf sign, TSelf whenNegative, TSelf otherwise);

    /// <summary>Takes the first value where <paramref name="mask"/>, whose lanes have all bits set or none, has them set, and the second elsewhere.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whenSet, TSelf otherwise);

    /// <summary>
    /// <c>x * 2^power</c>, rounded once, also where the result is denormal or overflows. <paramref name="power"/> holds integers of -151 to 128 and
    /// <paramref name="x"/> has a magnitude of 1/2 to 2 or is NaN, which stays.
    /// </summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf power);

    /// <summary>
    /// Moves the lowest nine bits to the sign and the exponent: <c>n + <see cref="FloatBits.ExponentShifter"/></c> becomes 2^n for integers n of -126 to 127, and 0 for -127.
    /// </summary>
    static abstract TSelf ShiftToExponent(TSelf value);

    /// <summary>
    /// The integer <c>e</c> for which <c>x / 2^e</c> is in [sqrt(1/2), sqrt(2)), as a float. <paramref name="x"/> must be positive, normal and finite;
    /// anything else gives some number.
    /// </summary>
    static abstract TSelf Exponent(TSelf x);

    /// <summary><c>x / 2^Exponent(x)</c>, in [sqrt(1/2), sqrt(2)); see <see cref="Exponent"/>.</summary>
    static abstract TSelf Significand(TSelf x);

    /// <summary>
    /// Combines all lanes into one value by the fixed tree <c>(i) op (i + n/2)</c>, <c>(i) op (i + n/4)</c>, ..., <c>(0) op (1)</c>, where n is
    /// <see cref="Count"/>.
    /// </summary>
    static abstract float Fold<TOperation>(TSelf value, TOperation operation)
        where TOperation : struct, IBinaryF32;
}
