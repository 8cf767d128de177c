/** The contract of architecture plugins: extend {@link org.menagerie.contract.ArchitectureContract}. */
@NullMarked
package org.menagerie.contract;

import org.jspecify.annotations.NullMarked;
